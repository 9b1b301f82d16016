package org.postel.trust.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the terms of a record: RFC 7208 §4.6.1 and §12. A fault in any of them is one of the record (§4.6). */
final class SpfRecordParser {

    // modifier = name "=" macro-string; name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9._-]*)=(.*)");
    // directive = [ qualifier ] mechanism
    private static final Pattern DIRECTIVE = Pattern.compile("([+?~-]?)([A-Za-z][A-Za-z0-9._-]*)(.*)");
    // [ ":" domain-spec ] [ "/" ip4-length ] [ "//" ip6-length ]; a slash before those is one of the domain-spec
    private static final Pattern HOSTS = Pattern.compile("(?::(.+?))?(?:/(\\d+))?(?://(\\d+))?");

    private final List<Directive> directives = new ArrayList<>();
    private Optional<MacroString> redirect = Optional.empty();
    private boolean explained;

    /** @param text what stands behind the version */
    SpfRecord parse(String text) throws SpfFaultException {
        for (String term : text.split(" +")) {
            if (!term.isEmpty()) {
                term(term);
            }
        }
        return new SpfRecord(List.copyOf(directives), redirect);
    }

    private void term(String term) throws SpfFaultException {
        Matcher modifier = MODIFIER.matcher(term);
        if (modifier.matches()) {
            modifier(modifier.group(1).toLowerCase(Locale.ROOT), modifier.group(2));
            return;
        }
        Matcher directive = DIRECTIVE.matcher(term);
        if (!directive.matches()) {
            throw new SpfFaultException("no term: " + term);
        }
        directives.add(new Directive(qualifier(directive.group(1)), mechanism(directive.group(2).toLowerCase(Locale.ROOT), directive.group(3))));
    }

    // RFC 7208 §6: redirect and exp stand once; an unknown modifier is ignored, but for its syntax.
    private void modifier(String name, String value) throws SpfFaultException {
        switch (name) {
            case "redirect" -> {
                if (redirect.isPresent()) {
                    throw new SpfFaultException("two redirects");
                }
                redirect = Optional.of(MacroString.domain(value));
            }
            case "exp" -> {
                if (explained) {
                    throw new SpfFaultException("two explanations");
                }
                MacroString.domain(value);
                explained = true;
            }
            default -> MacroString.parse(value);
        }
    }

    private static SpfResult qualifier(String sign) {
        return switch (sign) {
            case "-" -> SpfResult.FAIL;
            case "~" -> SpfResult.SOFTFAIL;
            case "?" -> SpfResult.NEUTRAL;
            default -> SpfResult.PASS;
        };
    }

    private static Mechanism mechanism(String name, String argument) throws SpfFaultException {
        return switch (name) {
            case "all" -> {
                if (!argument.isEmpty()) {
                    throw new SpfFaultException("all has no argument");
                }
                yield new Mechanism.All();
            }
            case "include" -> new Mechanism.Include(domain(argument));
            case "exists" -> new Mechanism.Exists(domain(argument));
            case "ptr" -> new Mechanism.Ptr(argument.isEmpty() ? Optional.empty() : Optional.of(domain(argument)));
            case "a", "mx" -> hosts(name, argument);
            case "ip4", "ip6" -> new Mechanism.Ip(network(name, argument));
            default -> throw new SpfFaultException("no mechanism: " + name);
        };
    }

    private static MacroString domain(String argument) throws SpfFaultException {
        if (!argument.startsWith(":")) {
            throw new SpfFaultException("a domain is missing");
        }
        return MacroString.domain(argument.substring(1));
    }

    private static Mechanism hosts(String name, String argument) throws SpfFaultException {
        Matcher hosts = HOSTS.matcher(argument);
        if (!hosts.matches()) {
            throw new SpfFaultException("no hosts: " + argument);
        }
        Optional<MacroString> domain = hosts.group(1) == null ? Optional.empty() : Optional.of(MacroString.domain(hosts.group(1)));
        Prefix prefix = new Prefix(
            hosts.group(2) == null ? Prefix.IP4_BITS : Prefix.bits(hosts.group(2), Prefix.IP4_BITS),
            hosts.group(3) == null ? Prefix.IP6_BITS : Prefix.bits(hosts.group(3), Prefix.IP6_BITS));
        return name.equals("a") ? new Mechanism.A(domain, prefix) : new Mechanism.Mx(domain, prefix);
    }

    // ip4 = "ip4" ":" ip4-network [ ip4-cidr-length ]; ip6 the same with ip6
    private static Network network(String name, String argument) throws SpfFaultException {
        if (!argument.startsWith(":")) {
            throw new SpfFaultException("a network is missing");
        }
        int slash = argument.indexOf('/');
        String address = slash < 0 ? argument.substring(1) : argument.substring(1, slash);
        boolean four = name.equals("ip4");
        int whole = four ? Prefix.IP4_BITS : Prefix.IP6_BITS;
        int bits = slash < 0 ? whole : Prefix.bits(argument.substring(slash + 1), whole);
        return new Network(four ? Network.ip4(address) : Network.ip6(address), bits);
    }
}
