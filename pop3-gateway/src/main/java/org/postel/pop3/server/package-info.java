/**
 * The process: listeners, the loop of a session, health, metrics and drain. The only package that knows Quarkus and Vert.x.
 *
 * <p>Imports every other package. Invariants: one place reads a command, has it done, replies, counts and measures; once a
 * client has sent QUIT its UPDATE runs to the end, drain or not (RFC 1939 §6).
 */
package org.postel.pop3.server;
