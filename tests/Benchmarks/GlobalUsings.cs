global using System.Diagnostics;
global using System.Globalization;
global using Hotline.Benchmarks.Hosting;
global using Hotline.Benchmarks.Load;
