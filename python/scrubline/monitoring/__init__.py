"""Files for monitoring systems, as `importlib.resources.files("scrubline.monitoring")` finds them.

- `alerts.yml`: alerting rules for Prometheus.
- `dashboard.json`: a dashboard for Grafana.
- `index-template.json`: the types of the JSON lines for Elasticsearch.
- `queries/`: searches for Elasticsearch.
"""
