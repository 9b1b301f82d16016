/**
 * Who is signed in to the pages: sessions of browsers, in the database, so that any instance serves any request.
 *
 * <p>Invariants: a token is made anew at each sign-in, and only its hash is stored; the account is read again at each request, so a session
 * ends with the password, or the account, that it was opened with; what ends a session ends it for all instances at once.
 */
package org.postel.mailbox.signin;
