/**
 * The server side of SASL (RFC 4422), whatever the protocol that carries it: PLAIN (RFC 4616), LOGIN,
 * SCRAM-SHA-256 with and without -PLUS (RFC 5802, RFC 7677), OAUTHBEARER (RFC 7628) and XOAUTH2.
 *
 * <p>Imports nothing of ours. Invariants: base64 is read strictly (RFC 4648 §3.5, §4); a secret or name with a control
 * octet, or that is no UTF-8, is malformed and reaches no verifier; a mechanism keeps no state between exchanges.
 */
package org.postel.wire.sasl;
