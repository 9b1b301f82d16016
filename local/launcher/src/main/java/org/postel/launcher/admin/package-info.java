/**
 * The client of mailbox-service's admin API (REST on loopback), for the commands and the end-to-end tests. May import
 * {@code platform} for the place of the token, and Jackson.
 */
package org.postel.launcher.admin;
