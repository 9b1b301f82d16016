/**
 * Answers for accounts whose owners are away, with the manners of RFC 3834, and those of RFC 5230 §4.5 and §4.6 about whom not to answer.
 *
 * <p>Imports {@code route}, {@code outcome} and the ids of {@code bounce}; no I/O of its own.
 *
 * <p>Invariants: an answer goes from the null reverse-path to the reverse-path of a mail that was delivered, never to anything its header says;
 * its queue id is made of that mail, so a crash sends none twice. What cannot be answered holds up no mail.
 */
package org.postel.delivery.vacation;
