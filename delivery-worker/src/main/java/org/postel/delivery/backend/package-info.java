/**
 * Adapters to mailbox-service and the queue. The only package that knows their clients; implements the interfaces that
 * {@code outcome} and {@code route} own.
 */
package org.postel.delivery.backend;
