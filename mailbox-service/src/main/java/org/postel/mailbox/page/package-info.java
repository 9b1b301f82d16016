/**
 * The pages of people: HTML made here, French or English as the browser asks, that work without JavaScript.
 *
 * <p>Invariants: every value goes through the template engine, which escapes it; every page carries a Content-Security-Policy that
 * allows our own style and script and nothing else; no page of ours can be framed.
 */
package org.postel.mailbox.page;
