/**
 * Evaluates search keys (RFC 9051 §6.4.4) over a mailbox: what the state in memory knows first, then what is stored beside the
 * messages, and their content last. Sorts messages and puts them into threads (RFC 5256) by what is stored beside them.
 *
 * <p>May import {@code storage}, {@code store}, {@code thread} and {@code org.postel.mail.mime}.
 *
 * <p>Invariants: a key that is dear is asked only of messages that every cheaper key beside it admits; memory does not grow
 * with the number of messages but for bitmaps, and for what is sorted, which has its share; a search has an end in time, and ends when its
 * reader is gone.
 */
package org.postel.mailbox.search;
