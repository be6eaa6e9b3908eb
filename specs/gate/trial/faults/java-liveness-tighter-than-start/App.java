import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

public class App {
  public static void main(String[] args) throws Exception {
    System.out.println("migrating the schema");
    Thread.sleep(10_000);
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 50);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
  }
}
