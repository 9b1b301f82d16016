/**
 * Mixed load for as long as one likes, and whether the server bears it: nothing lost, nothing doubled, nothing leaked. May import
 * {@code load}, {@code stack} and {@code report}.
 * Invariants: whoever finds a message removes it, so that mailboxes do not grow and what grows is a leak; what fails is counted and
 * told at the end, and the load goes on.
 */
package org.postel.bench.soak;
