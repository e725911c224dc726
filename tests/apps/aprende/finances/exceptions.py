"""What can go wrong with money."""


class GatewayError(Exception):
    """The payment gateway refused or could not be reached."""


class PaymentError(Exception):
    """A payment was not made; the cause is chained."""


class ExternalServiceError(Exception):
    """A service behind a webhook failed."""

    def __init__(self, message, service_name, error_code):
        super().__init__(message)
        self.service_name = service_name
        self.error_code = error_code
