/**
 * Stage one: where does each recipient's mail go? Asks the directory, follows aliases, delivers to our own mailboxes and
 * hands each remote domain on. Knows {@code outcome}; asks the outside through the interfaces it owns ({@link
 * org.postel.delivery.route.Directory}, {@link org.postel.delivery.route.Mailboxes}).
 *
 * <p>RFC 5321 §3.9 (aliases), §4.4 (Return-Path), §6.3 (loops); RFC 9228 (Delivered-To).
 *
 * <p>Invariants: an alias cycle ends; one mailbox gets one message once, however many aliases lead to it; a record for a
 * remote domain is durable before the accepted one is done.
 */
package org.postel.delivery.route;
