/**
 * Stage two: a message for one remote domain goes to a mail server of that domain. Finds the servers, keeps the limit per
 * destination, speaks through {@code smtp}, and turns what was said into outcomes. Knows {@code outcome} and {@code smtp};
 * asks for names through {@link org.postel.delivery.relay.MailExchangers}, and who is known not to exist through
 * {@link org.postel.delivery.relay.Suppressions}.
 *
 * <p>RFC 5321 §5.1 (which server), RFC 7505 (null MX), RFC 5321 §4.5.4 (when again), RFC 8461 and
 * RFC 7672 (how secured).
 *
 * <p>Invariants: no destination holds more than its share of the workers, and no message its lane for long; a message over that
 * share waits in a short retry tier and costs no attempt; a record leaves the queue when what follows from it is durable, or a copy
 * of it, which is taken back no sooner than that; mail is never sent to ourselves; a connection is made, and taken up again, under the
 * policy that {@link org.postel.delivery.relay.ConnectionSecurity} decided.
 */
package org.postel.delivery.relay;
