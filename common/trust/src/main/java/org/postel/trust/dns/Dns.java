package org.postel.trust.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * Answers questions about names. A name is in ASCII, with or without a dot at its end; one that no question can be made of, such
 * as one with an empty label, has no records. Aliases (CNAME) are followed.
 *
 * <p>An empty answer says that the name or the record is not there: a "void lookup" of RFC 7208 §4.6.4.
 */
public interface Dns {

    /** Which addresses are asked for. */
    enum Family {
        /** A records. */
        IP4,
        /** AAAA records. */
        IP6
    }

    /** The addresses of a host. */
    List<InetAddress> addresses(String host, Family family) throws DnsTroubleException;

    /** The TXT records, each with its strings joined; an octet is a character (ISO 8859-1). */
    List<String> texts(String name) throws DnsTroubleException;

    /** The hosts of the MX records, the most preferred first; the null MX (RFC 7505) is left out. */
    List<String> exchangers(String domain) throws DnsTroubleException;

    /** The names of the PTR records of an address. */
    List<String> names(InetAddress address) throws DnsTroubleException;
}
