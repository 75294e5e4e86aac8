package org.leaklab.field;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/** What the servers do for a request: a statement in a database in memory, over a pool of four connections. */
public final class Shop {

    private static final int CONNECTIONS = 4;
    private static final int ITEMS = 100;

    private final HikariDataSource database;

    /** Opens the database and fills it. */
    public Shop() throws SQLException {
        database = new HikariDataSource(config("shop", CONNECTIONS));
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table stock as select x id, 0 sold from system_range(1, " + ITEMS + ")");
        }
    }

    /** Returns the settings of a pool of connections to a database in memory. */
    public static HikariConfig config(String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + name);
        config.setMaximumPoolSize(connections);
        return config;
    }

    /** Sells one piece of some item, and says which. */
    public String sell() throws SQLException {
        int item = ThreadLocalRandom.current().nextInt(ITEMS) + 1;
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update stock set sold = sold + 1 where id = ?")) {
            statement.setInt(1, item);
            statement.executeUpdate();
        }
        return "sold " + item;
    }
}
