/** The four questions that judging a mail asks of the DNS, and who answers them. Imports dnsjava; no other package of ours. */
package org.postel.trust.dns;
