/**
 * What is measured, one class for each figure. May import {@code load}, {@code stack} and {@code report}.
 * Invariants: the same work against every server; a figure counts only if every message that was sent is found exactly once;
 * checks happen outside of the measured time.
 */
package org.postel.bench.figure;
