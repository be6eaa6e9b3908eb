import java.net.HttpURLConnection;
import java.net.URL;

public class Check {
  public static void main(String[] args) throws Exception {
    URL url = new URL("http://localhost:8080/readyz");
    System.exit(((HttpURLConnection) url.openConnection()).getResponseCode() == 200 ? 0 : 1);
  }
}
