package org.postel.bench.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import org.postel.launcher.FailedException;
import org.postel.launcher.admin.AdminApi;

/**
 * Where an operator asks a Postel that runs.
 *
 * @param admin its API
 * @param script {@code postel}, beside the data folder of that platform
 * @param web port of the API
 * @param cassandra port of its database
 */
public record OperatorDesk(AdminApi admin, Path script, int web, int cassandra) {

    private static final String WEB_PORT = "-Dpostel.web-port=";
    private static final String OF_JAVA = "NOTE: Picked up ";

    /**
     * Of a platform whose data is not in {@code .postel} of the repository: the script finds what it needs beside itself, so it is put there.
     *
     * @param root the repository
     * @param data the platform's data folder; what is made goes away with it
     */
    static OperatorDesk of(AdminApi admin, Path root, Path data, int web, int cassandra) throws IOException {
        Path place = Files.createDirectories(data.resolve("desk"));
        Files.createSymbolicLink(place.resolve(".postel"), data);
        Files.createSymbolicLink(place.resolve("local"), root.resolve("local"));
        return new OperatorDesk(admin, Files.createSymbolicLink(place.resolve("postel"), root.resolve("postel")), web, cassandra);
    }

    /**
     * GET.
     *
     * @param path below /api/v1
     * @throws IOException when there is no answer, or a refusal
     */
    public JsonNode get(String path) throws IOException {
        try {
            return admin.get(path);
        } catch (FailedException refused) {
            throw new IOException(path + ": " + refused.getMessage(), refused);
        }
    }

    /**
     * {@code ./postel} as a person types it.
     *
     * @return what it printed
     * @throws IOException when it ends with another code than 0
     */
    public String command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", WEB_PORT + web);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
            }
            return String.join("\n", said.lines().filter(line -> !line.startsWith(OF_JAVA)).toList());
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        }
    }
}
