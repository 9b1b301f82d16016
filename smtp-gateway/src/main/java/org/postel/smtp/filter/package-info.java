/**
 * What else strangers and their mail may have to pass, each only where an operator wants it.
 *
 * <p>Implements interfaces of org.postel.smtp.command; imports that, .session, .syntax, org.postel.mail, org.postel.trust.dns and
 * org.postel.wire.Network. RFC 5782.
 *
 * <p>Invariants: whoever is asked has a time limit, and an answer of limited size; when nobody answers, what follows is what is
 * configured, and never silence; nothing that was asked before a refusal outlives its message.
 */
package org.postel.smtp.filter;
