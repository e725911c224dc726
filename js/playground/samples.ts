// Logs to begin with. All values are made up; escapes keep scanners of repositories from taking them for leaks.
import type { Policy } from "scrubline";

export interface Sample {
  label: string;
  log: string;
  /** Where the log shows what a policy can do. */
  policy?: Policy;
}

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsInJvbGUiOiJ0dXRvciJ9.c1hQ4v9mZt0yKq7LwB3xE6uR8nJ2dF5gA1sT0oP9iUk";

export const SAMPLES: readonly Sample[] = [
  {
    label: "Django application",
    log: `2026-11-23 10:15:00,214 INFO accounts.auth [req_5f0c2ab91d47] New student registered: ana.sousa@example.com in school 42 from 203.0.113.7
2026-11-23 10:15:02,871 WARNING accounts.security [req_5f0c2ab91d47] Failed login attempt for ana.sousa@example.com password: Tulipa-1987 attempts=3 user_id=1207
2026-11-23 10:15:03,019 DEBUG accounts.throttles [req_77b1e0c94a2e] request headers: Host: api.example.org, Authorization: Bearer ${JWT}
2026-11-23 10:15:09,540 INFO finances.payments [req_77b1e0c94a2e] charging card 4539 1488 0343 6467 cvv=123 for student 1207 amount=25.00 EUR exp=11/29
2026-11-23 10:15:10,112 ERROR finances.stripe [req_77b1e0c94a2e] No such payment_intent pi_3PqXw2LkdIwHu7ix0aBcDeFg; request used api_key=sk\u005flive_51HqYt9mZt0yKq7LwB3xE6uR8nJ status=402
2026-11-23 10:15:11,006 INFO finances.stripe [req_77b1e0c94a2e] webhook evt_1NpQr8LkdIwHu7ix amount_received=2500 card_last_four=6467 livemode=true
2026-11-23 10:15:14,733 INFO finances.payments payout to teacher 88 iban PT50 0002 0123 1234 5678 9015 4 batch=8c6a1f0e-2b7d-4c55-9e0a-6f1d2c3b4a59
2026-11-23 10:15:20,450 DEBUG messaging.sms [req_0a9d3c5577fe] sent to +351 912 345 678 after 2 attempts in 0.412s
2026-11-23 10:15:21,003 ERROR django.db.backends could not connect to postgres://tutoring:Mar3s-Vivas@10.0.3.12:5432/tutoring?sslmode=require: timeout after 30s
2026-11-23 10:15:30,900 INFO accounts.profile teacher 88 saved tax data: NIF 245817938, Emirates ID 784-1997-9997537-2, code AB-1234
2026-11-23 10:15:31,118 INFO django.server "GET /accounts/reset/?token=a1b2c3d4e5f6a7b8&next=/dashboard/ HTTP/1.1" 302 0
2026-11-23 10:15:40,002 DEBUG messaging.email settings: EMAIL_HOST=smtp.example.net EMAIL_PORT=587 EMAIL_HOST_PASSWORD=\${SMTP_PASSWORD}
2026-11-23 10:15:41,650 INFO scheduler.bookings lesson 5512 moved, author=Rita, token_count=318, commit 9fceb02d0ae598e95dc970b74767f19372d61af8
`,
  },
  {
    label: "JSON lines",
    log: `{"timestamp":"2026-11-23T10:15:00.214Z","level":"INFO","logger":"accounts.auth","message":"signed in","correlation_id":"req_5f0c2ab91d47","email":"joao.reis@example.org","password":"correct horse","school_id":42}
{"timestamp":"2026-11-23T10:15:01.377Z","level":"WARNING","logger":"accounts.api","message":"slow upstream","headers":{"Cookie":"sessionid=k3j9x7q2m5v8; theme=dark","X-Api-Key":"0a1b2c3d4e5f6071"},"duration_ms":1840.5}
{"timestamp":"2026-11-23T10:15:02.002Z","level":"INFO","logger":"finances.payments","message":"payment_completed","card":"5555555555554444","amount":49.9,"customer":{"first_name":"João","last_name":"Reis","phone":"+44 20 7946 0958"}}
{"timestamp":"2026-11-23T10:15:02.640Z","level":"ERROR","logger":"finances.webhook","message":"bad signature","secret":"whsec\u005f9mZt0yKq7LwB3xE6uR8nJ2dF5gA1sT0o","event":"evt_1NpQr8LkdIwHu7ix"}
{"timestamp":"2026-11-23T10:15:03.118Z","level":"DEBUG","logger":"deploy","message":"pull","env":{"GITHUB_TOKEN":"ghp\u005f9mZt0yKq7LwB3xE6uR8nJ2dF5gA1sT0oP9iUk","REGION":"eu-west-1","MAX_TOKENS":"4096"}}
`,
  },
  {
    label: "Shell, keys and infrastructure",
    log: `$ curl -u deploy:S3gredo-Novo https://registry.example.net/v2/ -H 'Authorization: Basic ZGVwbG95OlMzZ3JlZG8='
$ export AWS_SECRET_ACCESS_KEY=wJa9rXUtnFEMIk7MDENGbPxRfiCYzK1mQ8vLdT2e
$ mysql --host=10.0.3.12 --user=root --password=Pa55-Porta reporting
$ kubectl create secret generic app --from-literal=token=q7LwB3xE6uR8nJ2dF5gA
$ cat deploy.pem
-----BEGIN PRIVATE\u0020KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7mZt0yKq7LwB3
xE6uR8nJ2dF5gA1sT0oP9iUkc1hQ4v9mZt0yKq7LwB3xE6uR8nJ2dF5gA1sT0oP9
-----END PRIVATE\u0020KEY-----
$ echo done at 2026-11-23T10:15:00Z, build 3.14.2, commit 9fceb02d0ae598e95dc970b74767f19372d61af8
`,
  },
  {
    label: "A detector of your own",
    policy: {
      preset: "default",
      detectors: { "contact.email": "label" },
      fields: { nickname: "mask" },
      allow: ["support@example.com"],
      custom: [
        {
          id: "custom.student",
          shape: "STU-\\d{6}",
          literals: ["stu-"],
          context: ["student", "aluno"],
          action: "label",
          examples: ["student STU-918276"],
          counter_examples: ["STU-918276"],
        },
      ],
    },
    log: `2026-11-23 10:15:00 INFO enrolment student STU-918276 joined, guardian maria@example.pt, nickname=flores
2026-11-23 10:15:04 INFO enrolment order STU-918276 was shipped, and stays
2026-11-23 10:15:09 INFO mail forwarded from support@example.com to rui@example.pt
`,
  },
];
