package org.postel.launcher.config;

import java.io.IOException;
import java.io.StringReader;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.postel.launcher.FailedException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a file; what it does not know it refuses, with the line. Anchors and tags of YAML are not taken. */
public final class ConfigFile {

    /** Where the password of an account to come stands: a file beside this one. */
    static final String PASSWORD_FILE = "passwordFile";
    /** Or its hash: Argon2id, as the reference implementation writes it. */
    static final String PASSWORD_HASH = "passwordHash";
    static final String TARGETS = "targets";
    private static final int LARGEST = 64 << 20;
    private static final int DEEPEST = 10;
    /** Begins the names of sending limits that are an account's, or a domain's, own. */
    static final String SENDING = "sending.";
    private static final String SENDING_FIELD = "sending";
    static final List<String> SENDING_LIMITS = List.of("messagesPerHour", "recipientsPerHour", "messagesPerDay", "recipientsPerDay");
    private static final Set<String> PROTOCOLS = Set.of("imap", "pop3", "submission");

    private final Path file;
    private final Map<Kind, Map<String, Thing>> things = new EnumMap<>(Kind.class);

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @throws FailedException when it is not what it must be, with the line
     * @throws IOException when it cannot be read
     */
    public static ConfigFile read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new FailedException(file + " is larger than " + LARGEST + " octets.");
        }
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(0);
        ConfigFile read = new ConfigFile(file);
        try {
            Node root = new Yaml(new SafeConstructor(limits)).compose(new StringReader(Files.readString(file)));
            if (root != null) {
                read.root(root);
            }
        } catch (MarkedYAMLException e) {
            throw new FailedException(file + ", line " + (e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1) + ": " + e.getProblem(), e);
        }
        return read;
    }

    /** The folder that files are named from. */
    public Path folder() {
        return file.toAbsolutePath().getParent();
    }

    /** Whether it says which there are of a kind. */
    public boolean names(Kind kind) {
        return things.containsKey(kind);
    }

    /** What it says of a kind, by name. */
    public Map<String, Thing> of(Kind kind) {
        return things.getOrDefault(kind, Map.of());
    }

    private void root(Node root) {
        fields(root).forEach((name, value) -> {
            Kind kind = List.of(Kind.values()).stream().filter(each -> each.list().equals(name)).findFirst()
                    .orElseThrow(() -> wrong(value, "there is no field \"" + name + "\" here; there are domains, accounts and aliases"));
            Map<String, Thing> all = new TreeMap<>();
            for (Node each : list(value)) {
                Thing thing = thing(kind, each);
                if (all.put(thing.name(), thing) != null) {
                    throw wrong(each, kind.word() + " " + thing.name() + " is there twice");
                }
            }
            things.put(kind, all);
        });
    }

    private Thing thing(Kind kind, Node node) {
        if (kind == Kind.DOMAIN && node instanceof ScalarNode) {
            return new Thing(kind, domain(node, text(node)), Map.of());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Node> given = fields(node);
        Node key = given.remove(kind.key());
        if (key == null) {
            throw wrong(node, kind.word() + " without \"" + kind.key() + "\"");
        }
        given.forEach((name, value) -> {
            switch (kind) {
                case DOMAIN -> {
                    if (!name.equals(SENDING_FIELD)) {
                        throw unknown(value, name, kind);
                    }
                    sending(fields, kind, value);
                }
                case ACCOUNT -> account(fields, name, value);
                case ALIAS -> {
                    if (!name.equals(TARGETS)) {
                        throw unknown(value, name, kind);
                    }
                    fields.put(TARGETS, texts(value));
                }
            }
        });
        if (kind == Kind.ALIAS && fields.isEmpty()) {
            throw wrong(node, "alias without \"targets\"");
        }
        return new Thing(kind, kind == Kind.DOMAIN ? domain(key, text(key)) : address(kind, key), fields);
    }

    private void account(Map<String, Object> fields, String name, Node value) {
        switch (name) {
            case PASSWORD_FILE, PASSWORD_HASH -> {
                fields.put(name, text(value));
                if (fields.containsKey(PASSWORD_FILE) && fields.containsKey(PASSWORD_HASH)) {
                    throw wrong(value, "either passwordFile or passwordHash");
                }
            }
            case "status" -> fields.put(name, one(value, Set.of("active", "disabled")));
            case "protocols" -> fields(value).forEach((protocol, on) -> {
                if (!PROTOCOLS.contains(protocol)) {
                    throw unknown(on, protocol, Kind.ACCOUNT);
                }
                fields.put("protocols." + protocol, bool(on));
            });
            case "quota" -> fields(value).forEach((limit, number) -> {
                if (!Set.of("bytes", "messages").contains(limit)) {
                    throw unknown(number, limit, Kind.ACCOUNT);
                }
                fields.put("quota." + limit, number(number));
            });
            case SENDING_FIELD -> sending(fields, Kind.ACCOUNT, value);
            case "forwarding" -> fields.put(name, empty(value) ? null : forwarding(value));
            case "role" -> fields.put(name, empty(value) ? null : role(value));
            default -> throw unknown(value, name, Kind.ACCOUNT);
        }
    }

    private void sending(Map<String, Object> fields, Kind kind, Node value) {
        fields(value).forEach((limit, number) -> {
            if (!SENDING_LIMITS.contains(limit)) {
                throw unknown(number, limit, kind);
            }
            fields.put(SENDING + limit, number(number));
        });
    }

    private Map<String, Object> forwarding(Node node) {
        Map<String, Object> forwarding = new TreeMap<>();
        fields(node).forEach((name, value) -> forwarding.put(name, switch (name) {
            case TARGETS -> texts(value);
            case "keep" -> bool(value);
            default -> throw unknown(value, name, Kind.ACCOUNT);
        }));
        if (!forwarding.containsKey(TARGETS)) {
            throw wrong(node, "forwarding without \"targets\"");
        }
        forwarding.putIfAbsent("keep", true);
        return forwarding;
    }

    /** {@code global}, or the names of domains. */
    private Object role(Node node) {
        return node instanceof SequenceNode ? list(node).stream().map(each -> domain(each, text(each))).sorted().toList() : one(node, Set.of("global"));
    }

    private Map<String, Node> fields(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "fields are expected here");
        }
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = text(tuple.getKeyNode());
            if (fields.put(name, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), "\"" + name + "\" is there twice");
            }
            if (tuple.getValueNode().getAnchor() != null) {
                throw wrong(tuple.getValueNode(), "anchors are not taken");
            }
        }
        return fields;
    }

    private List<Node> list(Node node) {
        if (empty(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(node, "a list is expected here");
        }
        return sequence.getValue();
    }

    private List<String> texts(Node node) {
        List<String> texts = new ArrayList<>();
        list(node).forEach(each -> texts.add(text(each)));
        if (new HashSet<>(texts).size() != texts.size() || texts.isEmpty()) {
            throw wrong(node, "a list of texts is expected here, none of them twice");
        }
        return texts;
    }

    private String text(Node node) {
        if (!(node instanceof ScalarNode scalar) || empty(node)) {
            throw wrong(node, "a text is expected here");
        }
        return scalar.getValue();
    }

    private String one(Node node, Set<String> words) {
        String word = text(node);
        if (!words.contains(word)) {
            throw wrong(node, "expected here: " + String.join(", ", words.stream().sorted().toList()));
        }
        return word;
    }

    private boolean bool(Node node) {
        return switch (text(node)) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw wrong(node, "true or false is expected here");
        };
    }

    private Long number(Node node) {
        try {
            Long number = empty(node) ? null : Long.valueOf(text(node));
            if (number != null && number < 0) {
                throw wrong(node, "a number that is not negative is expected here, or null");
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong(node, "a number is expected here, or null");
        }
    }

    private static boolean empty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** An alias may be all the rest of a domain. */
    private String address(Kind kind, Node node) {
        String written = text(node);
        int at = written.lastIndexOf('@');
        if (at < (kind == Kind.ALIAS ? 0 : 1)) {
            throw wrong(node, "an address is expected here");
        }
        return written.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain(node, written.substring(at + 1));
    }

    private String domain(Node node, String written) {
        try {
            return IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw wrong(node, "a domain is expected here");
        }
    }

    private FailedException unknown(Node node, String name, Kind kind) {
        return wrong(node, "there is no field \"" + name + "\" of " + kind.list() + " here");
    }

    private FailedException wrong(Node node, String what) {
        return new FailedException(file + ", line " + (node.getStartMark().getLine() + 1) + ": " + what);
    }
}
