/**
 * Who has mail, as a file: domains, accounts and aliases are read from it under a strict form, held against what is there, and made so.
 * Knows YAML and the admin API, and no command.
 */
package org.postel.launcher.config;
