package org.postel.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The transcripts of a folder as tests, each on a stage of its own. */
public final class Transcripts {

    private Transcripts() {}

    /** For a test factory: one test for each {@code .txt} file, by name. */
    public static Stream<DynamicTest> in(Path folder, Callable<Stage> stages) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no transcript in " + folder);
        }
        return files.stream().map(file -> DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> {
            try (Stage stage = stages.call()) {
                Transcript.play(file.toString(), Files.readAllLines(file), stage);
            }
        }));
    }
}
