"""Bookings and reminders."""

import logging
from datetime import datetime

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from common.http import body
from common.logging_utils import log_business_event, log_performance_event
from scheduler.models import TutoringSession

booking_logger = logging.getLogger("scheduler.bookings")
conflict_logger = logging.getLogger("scheduler.conflicts")
reminder_logger = logging.getLogger("scheduler.reminders")


@csrf_exempt
def sessions(request):
    """Book a lesson: 201, or 409 when the teacher is taken."""
    data = body(request)
    start = datetime.fromisoformat(data["start_time"])
    taken = TutoringSession.objects.filter(
        teacher_id=data["teacher_id"], start=start
    ).first()
    if taken:
        conflict_logger.warning(
            f"Teacher {data['teacher_id']} is taken at {start.isoformat()}",
            extra={
                "event_type": "booking_conflict",
                "session_id": taken.id,
                "teacher_id": data["teacher_id"],
                "requested_by": {
                    "email": data["student_email"],
                    "phone": data["student_phone"],
                },
            },
        )
        return JsonResponse({"error": "taken"}, status=409)
    session = TutoringSession.objects.create(
        teacher_id=data["teacher_id"],
        student_id=data["student_id"],
        start=start,
        minutes=data["duration"],
    )
    booking_logger.info(f"Session scheduled: {session.id} for {start.isoformat()}")
    booking_logger.debug("Booked by %s", data["student_email"])
    log_business_event(
        "session_booked",
        f"Session booked: {data['subject']} with {data['teacher_name']}",
        session_id=session.id,
        teacher_id=data["teacher_id"],
        student_id=data["student_id"],
        school_id=data["school_id"],
        subject=data["subject"],
        duration_minutes=data["duration"],
        scheduled_start=start.isoformat(),
        booking_lead_time_hours=24,
    )
    log_performance_event(
        "dashboard_query", 12.5, student_id=data["student_id"], cache_hit=False
    )
    return JsonResponse({"session_id": session.id}, status=201)


@csrf_exempt
def reminders(request):
    """Send reminders in bulk; some numbers do not answer."""
    notifications = body(request)["notifications"]
    reminder_logger.info(f"Processing {len(notifications)} notifications")
    failed = 0
    for notification in notifications:
        try:
            send_reminder(notification)
        except ConnectionError as error:
            failed += 1
            reminder_logger.warning(
                f"Failed to send notification {notification['id']}: {error}"
            )
    reminder_logger.info(
        f"Bulk notification processing complete: {len(notifications) - failed} successful, "
        f"{failed} failed at {timezone.now():%H:%M}"
    )
    return JsonResponse({"failed": failed})


def send_reminder(notification):
    """Refuse numbers outside the European Union, naming them."""
    if not notification["phone"].startswith("+351"):
        raise ConnectionError(f"no route to phone {notification['phone']}")
    reminder_logger.debug("Reminder %(id)s sent to %(phone)s", notification)
