/**
 * The services behind the gateway: mailbox-service (directory, authentication, content) and the queue.
 *
 * <p>Implements interfaces of org.postel.smtp.command and is the only package that knows gRPC, Kafka and their messages. RFC
 * terms only in what it maps.
 *
 * <p>Invariants: every failure of a service becomes BackendUnavailableException, never an answer; a message counts as queued
 * only after all in-sync replicas have it.
 */
package org.postel.smtp.backend;
