package org.postel.mail.mime;

/**
 * A parameter of Content-Type or Content-Disposition; names of RFC 2231 ({@code name*0*}) stay as they are.
 *
 * @param name  as written
 * @param value quoting removed
 */
public record Parameter(Octets name, Octets value) {
}
