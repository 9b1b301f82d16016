package org.postel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.postel.bench.report.Page;
import org.postel.launcher.FailedException;

/** docs/benchmarks.md: {@code --write} puts figures there, each as soon as it is measured. */
record BenchmarksPage(Path file) {

    static BenchmarksPage in(Path root) {
        return new BenchmarksPage(root.resolve("docs/benchmarks.md"));
    }

    /**
     * Looks before hours of measuring whether there is a place for the result.
     *
     * @throws FailedException when there is none
     */
    void check() throws IOException {
        read();
    }

    void put(String figure, String section) throws IOException {
        Page page = read();
        page.put(figure, section);
        Files.writeString(file, page.text(List.copyOf(Figures.NAMES)));
    }

    private Page read() throws IOException {
        try {
            return new Page(Files.readString(file));
        } catch (IllegalArgumentException wrong) {
            throw new FailedException(file + " cannot take figures: " + wrong.getMessage(), wrong);
        }
    }
}
