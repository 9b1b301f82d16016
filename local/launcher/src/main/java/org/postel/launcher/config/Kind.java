package org.postel.launcher.config;

/** What a file is about, in the order in which it is made; taken away in the other. */
public enum Kind {
    DOMAIN("domains", "domain", "name"),
    ACCOUNT("accounts", "account", "address"),
    ALIAS("aliases", "alias", "address");

    private final String list;
    private final String word;
    private final String key;

    Kind(String list, String word, String key) {
        this.list = list;
        this.word = word;
        this.key = key;
    }

    /** The field of the file. */
    public String list() {
        return list;
    }

    /** In a line for a person. */
    public String word() {
        return word;
    }

    /** The field that names one. */
    public String key() {
        return key;
    }
}
