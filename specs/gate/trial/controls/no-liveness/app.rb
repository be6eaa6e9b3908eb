require "socket"

trap("TERM") { exit }
server = TCPServer.new("0.0.0.0", 8080)
loop do
  Thread.new(server.accept) do |client|
    nil until (client.gets || "").strip.empty?
    client.write "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
    client.close
  end
end
