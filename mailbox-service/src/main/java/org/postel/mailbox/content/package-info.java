/**
 * The octets of messages: immutable, shared by all mailboxes that link to them, in chunks of 64 KiB.
 *
 * <p>May import {@code storage}, {@code cassandra} and {@code org.postel.mail.mime}.
 *
 * <p>Invariants: content is written before its link, a link before the message's row in a mailbox, and removed in the
 * opposite order (the links of a copy may be promised first and come after, see {@code PromisedLinks}); content is freed
 * only without a link, after its claim is over, and after it was marked so that who links meanwhile notices.
 */
package org.postel.mailbox.content;
