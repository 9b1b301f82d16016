/**
 * {@code ./postel bench}: the command, its options, the order of things. Imports everything below; nothing imports it.
 */
package org.postel.bench;
