import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class Check {
  public static void main(String[] args) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:8080/readyz")).build();
    System.exit(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200 ? 0 : 1);
  }
}
