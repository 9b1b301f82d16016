/**
 * The one class of ours that runs inside the local broker's process. May import Kafka and the JDK, nothing of Postel: the
 * broker runs with the libraries its own release names.
 */
package org.postel.kafka;
