require "socket"

$stdout.sync = true
trap("TERM") { exit }
Thread.abort_on_exception = true
at_exit { 30.times { |at| puts "closing connection #{at}" } }
Thread.new { sleep 6; raise "cannot parse feed https://example.com/atom.xml" }
server = TCPServer.new("0.0.0.0", 8080)
loop do
  Thread.new(server.accept) do |client|
    nil until (client.gets || "").strip.empty?
    client.write "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
    client.close
  end
end
