/**
 * Tells senders what could not be delivered or takes long, and what arrived if they asked for it. Builds the notification with
 * {@code org.postel.mail.dsn} and queues it like any other message, with the null reverse-path. May import {@code outcome}; no
 * network.
 *
 * <p>RFC 3464 (form), RFC 3461 §6 (when), RFC 5321 §6.1 and §4.5.5 (null reverse-path).
 *
 * <p>Invariants: a message with the null reverse-path is never answered; it becomes a visible dead letter. The same news
 * of the same message has the same queue id, so a crash in between stores no second notification.
 */
package org.postel.delivery.bounce;
