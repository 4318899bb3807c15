package io.fasterapi.bench.peers.shared;

/** Where a server listens and where its database is. Immutable; read once at the start. */
public record Settings(int port, String databaseHost, int databasePort) {

    public static final String DATABASE = "postgres";
    public static final String DATABASE_USER = "postgres";
    public static final String SELECT_WORLD = "SELECT id, randomnumber FROM world WHERE id = $1";
    public static final int CONNECTIONS = 16;

    /** Reads the port from the first argument, the database from {@code BENCH_DB} (host:port). */
    public static Settings of(String[] arguments) {
        String database = System.getenv().getOrDefault("BENCH_DB", "127.0.0.1:5432");
        int colon = database.lastIndexOf(':');
        return new Settings(
                Integer.parseInt(arguments[0]),
                database.substring(0, colon),
                Integer.parseInt(database.substring(colon + 1)));
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + databaseHost + ":" + databasePort + "/" + DATABASE;
    }
}
