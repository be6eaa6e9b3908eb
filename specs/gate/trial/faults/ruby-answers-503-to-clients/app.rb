require "socket"

$stdout.sync = true
stopping = false
trap("TERM") { stopping = true }
server = TCPServer.new("0.0.0.0", 8080)
Thread.new { sleep 0.1 until stopping; sleep 6; exit!(0) }
loop do
  Thread.new(server.accept) do |client|
    nil until (client.gets || "").strip.empty?
    status = stopping ? "503 Service Unavailable" : "200 OK"
    client.write "HTTP/1.1 #{status}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
    client.close
  end
end
