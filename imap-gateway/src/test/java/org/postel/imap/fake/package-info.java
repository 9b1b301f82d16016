/** A mailbox-service in memory, for tests: one account's mail behind the interfaces of {@code command}. */
package org.postel.imap.fake;
