/**
 * The commands of the script {@code postel}: each is one file that reads its arguments, does its work and answers the exit
 * code: 0 done, 1 failed, 2 not a command, 3 not running. Imports {@code admin} and {@code platform}; nothing imports this package but
 * {@code main}.
 */
package org.postel.launcher.cli;
