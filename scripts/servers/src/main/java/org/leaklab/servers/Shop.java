package org.leaklab.servers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.h2.jdbcx.JdbcConnectionPool;

/** What the servers do for a request: some work on a database in memory, through a pool with too few connections. */
final class Shop {

    private static final int ARTICLES = 1000;
    private static final int CONNECTIONS = 4;

    private final JdbcConnectionPool pool;

    Shop() throws SQLException {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "", "");
        pool.setMaxConnections(CONNECTIONS);
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table article (id int primary key, stock int)");
            statement.execute("insert into article select x, 1000000 from system_range(0, " + (ARTICLES - 1) + ")");
        }
    }

    /** Sells one article and counts what is left: two statements in one transaction. */
    String sell() throws SQLException {
        int article = ThreadLocalRandom.current().nextInt(ARTICLES);
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement sale = connection.prepareStatement("update article set stock = stock - 1 where id = ?");
                    PreparedStatement rest = connection.prepareStatement("select sum(stock) from article")) {
                sale.setInt(1, article);
                sale.executeUpdate();
                try (ResultSet sum = rest.executeQuery()) {
                    sum.next();
                    String left = sum.getString(1);
                    connection.commit();
                    return left;
                }
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
