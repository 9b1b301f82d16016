/**
 * What administrators see and do where no single address or domain says whose it is: the same for the API and for the console. Knows no HTTP.
 *
 * <p>May import {@code authority}, {@code directory} and {@code transit}.
 */
package org.postel.mailbox.desk;
