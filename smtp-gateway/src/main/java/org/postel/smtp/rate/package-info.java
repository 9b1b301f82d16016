/**
 * What SMTP answers a client that does too much, over all gateways.
 *
 * <p>Implements an interface of org.postel.smtp.command; imports that, .syntax and org.postel.clients, which counts; no sockets, no backend.
 *
 * <p>Invariants: nothing here blocks; what is not heard of another gateway refuses nobody (SAFETY row 19).
 */
package org.postel.smtp.rate;
