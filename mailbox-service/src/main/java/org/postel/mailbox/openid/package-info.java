/**
 * Signing in to the pages where somebody has an account already: the authorization code flow of OpenID Connect Core 1.0 §3.1, with PKCE
 * (RFC 7636), as a client of one issuer.
 *
 * <p>Imports {@code identity}, which checks what the issuer signed, and the messages of the Nimbus SDK.
 *
 * <p>Invariants: a browser that did not begin a sign-in cannot end it; what is kept of one is in that browser only, so any instance answers;
 * each call to the issuer has a deadline and a limit of octets; no code, token or secret is logged.
 */
package org.postel.mailbox.openid;
