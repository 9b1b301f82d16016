/**
 * The four questions that judging a mail asks of the DNS, who answers them, and a memory for what answers were read as. Imports dnsjava
 * and Caffeine; no other package of ours.
 */
package org.postel.trust.dns;
