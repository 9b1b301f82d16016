/**
 * The process: configuration, wiring, health, drain. The only package that knows Quarkus; may import every other one.
 *
 * <p>Invariant: on SIGTERM no record is taken any more, those in hand are finished or released, and only then do the clients
 * close.
 */
package org.postel.delivery.server;
