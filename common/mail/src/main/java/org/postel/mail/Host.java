package org.postel.mail;

/** What stands behind the {@code @} of a mailbox: RFC 5321 §4.1.2, {@code Domain / address-literal}. */
public sealed interface Host permits Domain, AddressLiteral {

    /** The one form to compare and to look up: equal hosts have equal canonical forms. ASCII. */
    String canonical();

    /** As on the wire. */
    @Override
    String toString();
}
