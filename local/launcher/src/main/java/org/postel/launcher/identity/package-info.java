/**
 * Who is who in the local run: the key the services trust (RFC 7517), the tokens it signs (RFC 7519), the TLS certificate
 * everybody is shown, and random passwords. Every file written here is readable by its owner only. May import the JDK and
 * jose4j.
 */
package org.postel.launcher.identity;
