//! Platforms that run applications.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.heroku", &["HRKU-[\\w-]{36,96}"], texts!["Heroku Dev Center, Platform API, Authentication"]),
    token("secret.fly", &["fm(1[ar]|2)_[0-9A-Za-z+/=_-]{60,4096}", "fo1_[\\w-]{40,64}"], texts!["Fly.io documentation, Access tokens"]),
    weak("secret.render", &["^rnd_[0-9A-Za-z]{24,48}"], texts!["Render documentation, The Render API"]),
    weak("secret.vercel", &["^vc[piark]_[\\w-]{24,128}"], texts!["Vercel changelog, New token formats and secret scanning"]),
    token("secret.vercel-blob", &["vercel_blob_rw_[0-9A-Za-z]{12,24}_[0-9A-Za-z]{20,48}"], texts!["Vercel documentation, Vercel Blob"]),
    token("secret.netlify", &["nf[pcoub]_[0-9A-Za-z]{36,64}"], texts!["Netlify documentation, Get started with the Netlify API"]),
    token("secret.deno", &["dd[pow]_[0-9A-Za-z]{32,64}"], texts!["Deno Deploy documentation, Access tokens"]),
    token("secret.val-town", &["vtwn_[0-9A-Za-z]{20,64}"], texts!["Val Town documentation, API tokens"]),
    token("secret.scalingo", &["tk-us-[\\w-]{40,64}"], texts!["Scalingo documentation, API, Authentication"]),
    token("secret.qovery", &["qov_[0-9A-Za-z_-]{40,160}"], texts!["Qovery documentation, API token"]),
    token("secret.appwrite", &["standard_[0-9a-f]{128,256}"], texts!["Appwrite documentation, API keys"]),
    token("secret.docker-swarm", &["SWM(TKN|KEY)-1-[0-9A-Za-z+/-]{43,120}"], texts!["Docker documentation, Manage swarm security"]),
    token("secret.k3s", &["K10[0-9a-f]{64}::[\\w.-]{1,64}:[\\w.]{16,128}"], texts!["K3s documentation, k3s token"]),
    token("secret.openshift", &["sha256~[\\w-]{43}"], texts!["OpenShift documentation, OAuth access tokens"]),
    token("secret.rancher", &["(token|kubeconfig)-[0-9a-z-]{5,40}:[0-9a-z]{54}"], texts!["Rancher documentation, API tokens"]),
    token("secret.portainer", &["ptr_[0-9A-Za-z+/]{40,64}={0,2}"], texts!["Portainer documentation, API access"]),
    token("secret.proxmox", &["PVEAPIToken=[\\w.@!-]{3,128}=[0-9a-f-]{36}"], texts!["Proxmox VE documentation, API tokens"]),
    token("secret.openstack", &["gAAAAA[\\w-]{90,512}={0,2}"], texts!["OpenStack Keystone documentation, Fernet", "Fernet specification"]),
];
