/**
 * The servers that are measured: how each is started, what its processes use, how it ends. The only package that knows Postel's
 * launcher, and Postfix and Dovecot. May import {@code load} for the accounts.
 * Invariants: every stack runs with the durability it is shipped with; its data lies in a folder of its own that goes away; what
 * this program started is stopped when it ends, whichever way it ends.
 */
package org.postel.bench.stack;
