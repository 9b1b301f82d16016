package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.trust.message.Field;
import org.postel.trust.message.TagList;

/**
 * A DKIM-Signature field: RFC 6376 §3.5.
 *
 * @param algorithm a=
 * @param domain    d=, whose signature it is, in lower case and A-labels
 * @param selector  s=, which key
 * @param author    the domain of i=, which lies within that one
 * @param headers   h=, the names of the signed fields in lower case
 * @param header    the first half of c=
 * @param body      the second half of c=
 * @param bodyHash  bh=
 * @param length    l=, how much of the body is signed
 * @param expires   x=, in seconds since the epoch
 * @param value     b=
 */
public record DkimSignature(Algorithm algorithm, String domain, String selector, String author, List<String> headers,
                            Canonicalization header, Canonicalization body, byte[] bodyHash, OptionalLong length, OptionalLong expires,
                            byte[] value) {

    // They are kept until the body has passed, and a stranger wrote them.
    private static final int MOST_HEADERS = 1000;

    // sub-domain *( "." sub-domain ), RFC 6376 §3.1; the underscore is seen in practice.
    private static final Pattern SELECTOR =
        Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Reads one: RFC 6376 §6.1.1. */
    static DkimSignature parse(Field field) throws DkimFaultException {
        TagList tags = TagList.parse(field.body()).orElseThrow(() -> fault("no list of tags"));
        if (!required(tags, "v").equals("1")) {
            throw fault("unknown version");
        }
        String domain = domain(required(tags, "d"));
        return of(tags, domain, author(tags, domain));
    }

    /** Reads the one of ARC, where i= is a number and v= must not be: RFC 8617 §4.1.2. */
    static DkimSignature parseArc(Field field) throws DkimFaultException {
        TagList tags = TagList.parse(field.body()).orElseThrow(() -> fault("no list of tags"));
        if (tags.get("v").isPresent()) {
            throw fault("v= is not for ARC");
        }
        String domain = domain(required(tags, "d"));
        DkimSignature signature = of(tags, domain, domain);
        if (signature.headers().contains("arc-seal")) {
            throw fault("the seal is signed");
        }
        return signature;
    }

    private static DkimSignature of(TagList tags, String domain, String author) throws DkimFaultException {
        Canonicalization[] canonicalization = canonicalization(tags.compact("c").orElse("simple/simple"));
        checkQuery(tags);
        return new DkimSignature(algorithm(required(tags, "a")), domain, selector(required(tags, "s")), author,
            headers(required(tags, "h")), canonicalization[0], canonicalization[1], base64(required(tags, "bh")),
            number(tags, "l"), expires(tags), base64(required(tags, "b")));
    }

    /** Whether it is the same domain's word for the same body, whose hash is SHA-256 in all algorithms: only one of the two need be verified. */
    boolean claimsAs(DkimSignature other) {
        return domain.equals(other.domain) && body == other.body && length.equals(other.length) && Arrays.equals(bodyHash, other.bodyHash);
    }

    /** The first characters of b=, which tell signatures of one message apart: RFC 6008 §4. */
    public String shortValue() {
        String text = Base64.getEncoder().encodeToString(value);
        return text.substring(0, Math.min(text.length(), 8));
    }

    RawSignature raw() {
        return new RawSignature(algorithm, domain, selector, author, value);
    }

    /** What of it an ARC-Seal has too: RFC 8617 §4.1.3. */
    static RawSignature seal(TagList tags) throws DkimFaultException {
        String domain = domain(required(tags, "d"));
        return new RawSignature(algorithm(required(tags, "a")), domain, selector(required(tags, "s")), domain, base64(required(tags, "b")));
    }

    private static String required(TagList tags, String name) throws DkimFaultException {
        return tags.compact(name).filter(value -> !value.isEmpty()).orElseThrow(() -> fault(name + "= is missing"));
    }

    // RFC 8301 §3.1: a signature with SHA-1 has failed for good.
    private static Algorithm algorithm(String tag) throws DkimFaultException {
        if (tag.equals("rsa-sha1")) {
            throw new DkimFaultException(Verdict.FAIL, "SHA-1");
        }
        return Algorithm.ofTag(tag).orElseThrow(() -> fault("unknown algorithm"));
    }

    private static String domain(String text) throws DkimFaultException {
        try {
            return Domain.parse(new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)).canonical();
        } catch (AddressSyntaxException e) {
            throw fault("d= is no domain");
        }
    }

    private static String selector(String text) throws DkimFaultException {
        if (text.length() > Domain.MAX_OCTETS || !SELECTOR.matcher(text).matches()) {
            throw fault("s= is no selector");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String author(TagList tags, String domain) throws DkimFaultException {
        Optional<String> identity = tags.compact("i");
        if (identity.isEmpty()) {
            return domain;
        }
        String author = domain(identity.get().substring(identity.get().lastIndexOf('@') + 1));
        if (!author.equals(domain) && !author.endsWith("." + domain)) {
            throw fault("i= is not within d=");
        }
        return author;
    }

    private static List<String> headers(String names) throws DkimFaultException {
        String[] split = names.toLowerCase(Locale.ROOT).split(":", MOST_HEADERS + 1);
        if (split.length > MOST_HEADERS) {
            throw fault("too many names in h=");
        }
        List<String> headers = List.of(split);
        if (!headers.contains("from")) {
            throw fault("From is not signed");
        }
        return headers;
    }

    private static Canonicalization[] canonicalization(String text) throws DkimFaultException {
        String[] halves = (text.contains("/") ? text : text + "/simple").split("/", -1);
        if (halves.length != 2) {
            throw fault("unknown canonicalization");
        }
        return new Canonicalization[] {
            Canonicalization.ofTag(halves[0]).orElseThrow(() -> fault("unknown canonicalization")),
            Canonicalization.ofTag(halves[1]).orElseThrow(() -> fault("unknown canonicalization"))};
    }

    private static void checkQuery(TagList tags) throws DkimFaultException {
        if (!List.of(tags.compact("q").orElse("dns/txt").split(":")).contains("dns/txt")) {
            throw fault("unknown query method");
        }
    }

    private static OptionalLong expires(TagList tags) throws DkimFaultException {
        OptionalLong expires = number(tags, "x");
        OptionalLong made = number(tags, "t");
        if (expires.isPresent() && made.isPresent() && expires.getAsLong() <= made.getAsLong()) {
            throw fault("x= is not after t=");
        }
        return expires;
    }

    private static OptionalLong number(TagList tags, String name) throws DkimFaultException {
        if (tags.get(name).isEmpty()) {
            return OptionalLong.empty();
        }
        String digits = tags.get(name).get();
        if (!NUMBER.matcher(digits).matches()) {
            throw fault(name + "= is no number");
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    private static byte[] base64(String text) throws DkimFaultException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw fault("no base 64");
        }
    }

    private static DkimFaultException fault(String reason) {
        return new DkimFaultException(Verdict.PERMERROR, reason);
    }
}
