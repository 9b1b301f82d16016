# One image for each service: docker build --build-arg SERVICE=smtp-gateway -t postel/smtp-gateway .
# Build the services first (mvn package): the image only adds what runs to a Java 25 run-time.
# The run-time by its exact release, and nowhere else than here: what an image runs on changes with this line only. It brings packages of
# Ubuntu, which bom.json does not name.
ARG BASE=eclipse-temurin:25.0.3_9-jre-noble
FROM ${BASE}

ARG SERVICE
ARG VERSION=dev
LABEL org.opencontainers.image.title="Postel ${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"

# The libraries change least and the service most, so that an update moves the service's
# own small layer, and the AOT cache (42 to 97 MB), which is another one with each build. All of it belongs to root: what runs
# as another user cannot change it, even where the root file system may be written.
COPY ${SERVICE}/target/quarkus-app/lib/ /opt/postel/lib/
COPY ${SERVICE}/target/quarkus-app/quarkus/ /opt/postel/quarkus/
# And what it is made of (bom.json, CycloneDX), where it was built with mvn -Psbom package; local/images/build says when it was not.
COPY ${SERVICE}/target/quarkus-app/quarkus-run.jar ${SERVICE}/target/bom.jso[n] /opt/postel/
COPY ${SERVICE}/target/quarkus-app/app/ /opt/postel/app/

# MaxRAMPercentage: the heap takes 60 % of the container's memory limit, sockets' buffers, classes, threads, code and the AOT cache the rest.
# ExitOnOutOfMemoryError: a process in that state promises nothing any more; the next one starts clean.
# UseCompactObjectHeaders: smaller objects, so more idle connections in the same memory.
# The collector is the JVM's choice by the container: the serial one under 2 CPUs or 1792 MiB, which is what the base asks for, else G1.
# What one service needs beside these stands in its ConfigMap, as JDK_JAVA_OPTIONS.
ENV POSTEL_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    LANG=C.UTF-8

# The service starts once, without Kafka and Cassandra, for which it would wait, and what the JVM learned of it stays in the image: classes
# loaded and linked, and how often methods ran (JEP 483, 514, 515). A start then takes half of the time and of the CPU, and less memory.
# Where a container's options do not fit the file, the JVM says so and starts without it.
RUN cd /tmp && { java $POSTEL_JAVA_OPTIONS -XX:+UseSerialGC -XX:AOTCacheOutput=/opt/postel/service.aot -jar /opt/postel/quarkus-run.jar >training.log 2>&1 & } \
    && service=$! \
    && until grep -q "Installed features" training.log; do kill -0 $service || { cat training.log; exit 1; }; sleep 1; done \
    && kill -TERM $service && { wait $service || true; } \
    && { test -s /opt/postel/service.aot || { cat training.log; exit 1; }; } \
    && rm -rf /tmp/*

# A number, because Kubernetes can check only numbers against runAsNonRoot.
USER 10001:10001
WORKDIR /tmp
# exec: the service is process 1 and receives SIGTERM, on which it drains.
ENTRYPOINT ["/bin/sh", "-c", "exec java -XX:AOTCache=/opt/postel/service.aot $POSTEL_JAVA_OPTIONS -jar /opt/postel/quarkus-run.jar"]
