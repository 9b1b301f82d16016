/**
 * The commands that need the outside world, and the interfaces they ask: logging in (RFC 1939 §4, RFC 5034), sending a
 * message (RFC 1939 §3, RETR and TOP) and deleting at QUIT (RFC 1939 §6).
 *
 * <p>Imports {@code session}, {@code syntax} and {@link org.postel.wire.Connection}; knows neither Vert.x nor gRPC.
 * Invariants: a message is never whole in memory; a message that breaks off ends the connection without the final dot, so
 * that no client takes it for whole; only {@link org.postel.pop3.command.QuitCommand} deletes.
 */
package org.postel.pop3.command;
