/**
 * What the rest of mailbox-service asks of the mail store: the interfaces that the gRPC services and the admin API call, and
 * the one exception they meet. The calls are those of {@code mailboxes.proto} and {@code delivery.proto}, after
 * authentication: the account is the session's, never the request's.
 *
 * <p>Imports the messages of the mailbox API and nothing else of the service. Implemented by the packages {@code store},
 * {@code tree}, {@code intake}, {@code search} and {@code content}, which {@code org.postel.mailbox.setup.MailStorage} puts
 * together.
 *
 * <p>Invariants: every call blocks its (virtual) thread and has an end; a {@code Consumer} that blocks holds its call back and
 * costs no memory; nothing is answered before it is durable.
 */
package org.postel.mailbox.storage;
